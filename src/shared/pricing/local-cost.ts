import type { Recipe } from '../recipe';

/** What a picture cost here. */
export interface LocalCost {
  readonly seconds: number;
  readonly peakMemoryBytes: number;
  /** Watt-hours, an estimate: seconds at the assumed power. */
  readonly energyWh: number;
  /** The assumption behind the estimate, shown beside it. */
  readonly assumedWatts: number;
}

/** A laptop's or small desktop's whole draw while the processor is busy; an assumption, not a measurement. */
export const ASSUMED_WATTS = 65;

const SECONDS_PER_HOUR = 3600;

/** Seconds over all stages, peak memory and estimated energy of one picture. */
export function localCostOf({ secondsByStage, peakMemoryBytes }: Recipe, assumedWatts: number = ASSUMED_WATTS): LocalCost {
  const seconds = Object.values(secondsByStage).reduce((sum, stage) => sum + stage, 0);
  return { seconds, peakMemoryBytes, energyWh: energyOf(seconds, assumedWatts), assumedWatts };
}

/** Watt-hours of so many seconds at so many watts. */
export const energyOf = (seconds: number, assumedWatts: number = ASSUMED_WATTS): number => (seconds * assumedWatts) / SECONDS_PER_HOUR;
