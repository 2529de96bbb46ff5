import { IconStar, IconStarFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Marks } from '../../shared/gallery';
import classes from './Marks.module.css';

const RATINGS = [1, 2, 3, 4, 5] as const;

export interface StarsProps {
  /** Null when the pictures differ. */
  readonly value: Marks['rating'] | null;
  onChange(rating: Marks['rating']): void;
}

/** Stars to press; the one that is set takes them all away. */
export function Stars({ value, onChange }: StarsProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.stars} role="group" aria-label={t('gallery.marks.rating')}>
      {RATINGS.map((rating) => {
        const isOn = value !== null && rating <= value;
        const Glyph = isOn ? IconStarFilled : IconStar;
        return (
          <button
            key={rating}
            type="button"
            className={classes.star}
            data-on={isOn}
            aria-pressed={value === rating}
            aria-label={t('gallery.marks.stars', { count: rating })}
            onClick={() => { onChange(value === rating ? 0 : rating); }}
          >
            <Glyph size={18} stroke={1.6} aria-hidden="true" />
          </button>
        );
      })}
    </div>
  );
}
