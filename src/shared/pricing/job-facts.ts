import type { MilliCredits } from './money';

/** What a job was, kept with its reservation; enough to price it again at any table. */
export interface JobFacts {
  readonly tool: string;
  readonly family: string;
  readonly modelId: string;
  readonly modelName: string;
  readonly width: number;
  readonly height: number;
  readonly numInferenceSteps: number;
  readonly isEnlarged: boolean;
  /** How many times the model worked for one picture; absent = once. */
  readonly passes?: number;
  /** List price and charge of one picture. */
  readonly unitPrice: MilliCredits;
  readonly unitCharge: MilliCredits;
  readonly priceTable: string;
}
