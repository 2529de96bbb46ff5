import { IconCheck, IconStarFilled } from '@tabler/icons-react';
import { memo, useState } from 'react';
import type { GalleryImage } from '../../../shared/gallery';
import veil from '../../moderation/Veil.module.css';
import { pictureUrl, thumbnailUrl } from '../../picture-urls';
import { LoadedImage } from '../../ui/LoadedImage';
import classes from './Grid.module.css';
import { thumbnailFor } from './thumbnail-size';

export interface GridTileProps {
  readonly index: number;
  /** Null while the picture's facts are on their way. */
  readonly image: GalleryImage | null;
  /** What a screen reader says. */
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly total: number;
  readonly isSelected: boolean;
  readonly isFocused: boolean;
  readonly isVeiled: boolean;
  /** False while one scrolls too fast to see anything. */
  readonly mayLoad: boolean;
}

export const tileId = (index: number): string => `gallery-tile-${String(index)}`;

function Picture({ image, pixels, isVeiled }: { image: GalleryImage; pixels: number; isVeiled: boolean }) {
  const size = thumbnailFor(pixels);
  const className = isVeiled ? veil.veiled : undefined;
  return (
    <>
      {/* Under a picture that is larger than any thumbnail, the thumbnail stands until it is there. */}
      {size === null && <LoadedImage className={className} src={thumbnailUrl(image.id, 512, image.modifiedAt)} alt="" />}
      <LoadedImage className={className} src={size === null ? pictureUrl(image.id) : thumbnailUrl(image.id, size, image.modifiedAt)} alt="" />
    </>
  );
}

/**
 * One picture of the grid. Its gestures are the grid's, and so are texts and settings: hundreds come and go while one
 * scrolls, and each hook would be paid hundreds of times.
 */
export const GridTile = memo(function GridTile({ index, image, label, x, y, width, height, total, isSelected, isFocused, isVeiled, mayLoad }: GridTileProps) {
  // What was shown once stays while one scrolls on.
  const [isShown, setShown] = useState(mayLoad);
  if (mayLoad && !isShown) setShown(true);
  const marks = image?.marks;
  const rating = marks?.rating ?? 0;
  // Cut to the tile's shape, so its shorter side decides how sharp it must be.
  const shape = image === null ? 1 : image.width / image.height;
  const longest = Math.max(Math.max(width, height * shape), Math.max(height, width / shape));
  return (
    <div
      id={tileId(index)}
      className={classes.tile}
      role="option"
      aria-label={label}
      aria-selected={isSelected}
      aria-setsize={total}
      aria-posinset={index + 1}
      data-index={index}
      data-focused={isFocused}
      draggable={image !== null}
      style={{ left: x, top: y, width, height }}
    >
      {image !== null && isShown && <Picture image={image} pixels={longest * window.devicePixelRatio} isVeiled={isVeiled} />}
      {isSelected && (
        <span className={classes.check}>
          <IconCheck size={12} stroke={3} aria-hidden="true" />
        </span>
      )}
      {(rating > 0 || marks?.label != null) && (
        <span className={classes.marks}>
          {marks?.label != null && <span className={classes.label} data-label={marks.label} />}
          {rating > 0 && Array.from({ length: rating }, (_, at) => <IconStarFilled key={at} size={10} aria-hidden="true" />)}
        </span>
      )}
    </div>
  );
});
