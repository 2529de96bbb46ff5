import type { Stage } from '../../../shared/job';
import type { JobProgress } from '../../engine-protocol';

/** Guesses the seconds left of a job from the pace of its own steps. One instance per job. */
export interface JobEstimate {
  secondsLeft(progress: JobProgress): number | null;
}

/** Stages with countable steps; the rest are short beside them. */
const PACED: readonly Stage[] = ['denoising', 'upscaling'];

/** What takes about the same time again and again: a picture, or one pass of it. */
function unitOf({ imageIndex, imageCount, pass }: JobProgress): { readonly index: number; readonly count: number } {
  const { index, count } = pass ?? { index: 0, count: 1 };
  return { index: imageIndex * count + index, count: imageCount * count };
}

export function createJobEstimate(now: () => number): JobEstimate {
  let firstUnitMs: number | null = null;
  let unitStarted = now();
  let unitIndex = 0;
  let stage: Stage | null = null;
  let stageStarted = 0;
  let stageFirstStep = 0;
  return {
    secondsLeft: (progress) => {
      const at = now();
      const unit = unitOf(progress);
      if (unit.index !== unitIndex) {
        firstUnitMs = at - unitStarted;
        unitStarted = at;
        unitIndex = unit.index;
      }
      if (progress.stage !== stage) {
        stage = progress.stage;
        stageStarted = at;
        stageFirstStep = progress.step;
      }
      const later = unit.count - unit.index - 1;
      const done = progress.step - stageFirstStep;
      const paced = PACED.includes(progress.stage) && done > 0;
      const stageLeftMs = paced ? ((at - stageStarted) / done) * (progress.total - progress.step) : null;
      // A finished one of this very job is the best measure there is for the next ones.
      if (firstUnitMs !== null) return Math.max(0, firstUnitMs - (at - unitStarted) + later * firstUnitMs) / 1000;
      if (stageLeftMs === null) return null;
      return (stageLeftMs + later * (at - unitStarted + stageLeftMs)) / 1000;
    },
  };
}
