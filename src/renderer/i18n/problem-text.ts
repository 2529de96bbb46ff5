import type { TFunction } from 'i18next';
import type { FieldProblem } from '../stores/draft-request';

/** The sentence shown under a field, or null when nothing is wrong with it. */
export function problemText(t: TFunction, problem: FieldProblem | undefined): string | null {
  if (problem === undefined) return null;
  switch (problem.kind) {
    case 'empty':
      return t('fields.empty');
    case 'noModel':
      return t('fields.noModel');
    case 'tooLong':
      return t('fields.tooLong', { max: problem.max });
    case 'range':
      return t('fields.range', { min: problem.min, max: problem.max });
    case 'multiple':
      return t('fields.multiple', { multipleOf: problem.multipleOf, below: problem.below, above: problem.above });
    case 'invalid':
      return t('fields.invalid');
  }
}
