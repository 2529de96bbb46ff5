import type { TFunction } from 'i18next';
import type { EditFieldProblem } from '../stores/canvas-form';
import { problemText } from './problem-text';

/** The sentence shown at a field of the edit form, or null when nothing is wrong with it. */
export function editProblemText(t: TFunction, problem: EditFieldProblem | undefined): string | null {
  if (problem === undefined) return null;
  switch (problem.kind) {
    case 'emptyMask':
      return t('edit.problems.emptyMask');
    case 'frameTooLarge':
      return t('edit.problems.frameTooLarge', { max: problem.max });
    case 'frameTooSmall':
      return t('edit.problems.frameTooSmall', { min: problem.min });
    case 'tooManyPasses':
      return t('edit.problems.tooManyPasses', { count: problem.count, max: problem.max });
    case 'empty':
      return t('edit.problems.empty');
    case 'noModel':
    case 'tooLong':
    case 'range':
    case 'multiple':
    case 'invalid':
      return problemText(t, problem);
  }
}
