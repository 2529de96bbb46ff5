import type { Stage } from '../../../shared/job';
import type { EngineProgress } from '../../engine/engine';

/** Guesses the seconds left of a job from the pace of its own steps. One instance per job. */
export interface JobEstimate {
  secondsLeft(progress: EngineProgress): number | null;
}

/** Stages with countable steps; the rest are short beside them. */
const PACED: readonly Stage[] = ['denoising', 'upscaling'];

export function createJobEstimate(now: () => number): JobEstimate {
  let firstImageMs: number | null = null;
  let imageStarted = now();
  let imageIndex = 0;
  let stage: Stage | null = null;
  let stageStarted = 0;
  let stageFirstStep = 0;
  return {
    secondsLeft: (progress) => {
      const at = now();
      if (progress.imageIndex !== imageIndex) {
        firstImageMs = at - imageStarted;
        imageStarted = at;
        imageIndex = progress.imageIndex;
      }
      if (progress.stage !== stage) {
        stage = progress.stage;
        stageStarted = at;
        stageFirstStep = progress.step;
      }
      const later = progress.imageCount - progress.imageIndex - 1;
      const done = progress.step - stageFirstStep;
      const paced = PACED.includes(progress.stage) && done > 0;
      const stageLeftMs = paced ? ((at - stageStarted) / done) * (progress.total - progress.step) : null;
      // A finished picture of this very job is the best measure there is for the next ones.
      if (firstImageMs !== null) return Math.max(0, firstImageMs - (at - imageStarted) + later * firstImageMs) / 1000;
      if (stageLeftMs === null) return null;
      return (stageLeftMs + later * (at - imageStarted + stageLeftMs)) / 1000;
    },
  };
}
