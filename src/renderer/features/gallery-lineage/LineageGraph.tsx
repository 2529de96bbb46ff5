import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lineage } from '../../../shared/gallery';
import type { ImageId } from '../../../shared/ids';
import { VeiledImage } from '../../moderation/VeiledImage';
import { thumbnailUrl } from '../../picture-urls';
import { nameOf } from '../../recipe/picture-name';
import { lineageLayout, neighbourTowards, NODE, type PlacedEdge } from './kernels/lineage-layout';
import classes from './Lineage.module.css';

const pathOf = ({ points }: PlacedEdge): string => points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join(' ');

export interface LineageGraphProps {
  readonly lineage: Lineage;
  readonly current: ImageId;
  onWalk(id: ImageId): void;
  onOpen(id: ImageId): void;
}

/** Parents left, children right; one tab stop, the arrows walk along the lines. */
export function LineageGraph({ lineage, current, onWalk, onOpen }: LineageGraphProps) {
  const { t } = useTranslation();
  const placed = useMemo(() => lineageLayout(lineage), [lineage]);
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    scroller.current?.querySelector<HTMLElement>('[aria-current="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current, placed]);
  const byId = new Map(lineage.nodes.map((node) => [node.id, node]));
  const relationOf = (childId: ImageId): string => {
    const edge = lineage.edges.find((candidate) => candidate.childId === childId);
    return edge === undefined ? t('gallery.lineage.first') : t(`gallery.kinds.${edge.relation}`);
  };

  return (
    <div ref={scroller} className={classes.graph}>
      <div className={classes.plane} style={{ width: placed.width, height: placed.height }}>
        <svg className={classes.lines} width={placed.width} height={placed.height} aria-hidden="true">
          {placed.edges.map((edge) => (
            <path key={`${edge.parentId} ${edge.childId}`} d={pathOf(edge)} data-near={edge.parentId === current || edge.childId === current} />
          ))}
        </svg>
        {placed.nodes.map(({ id, x, y }) => {
          const image = byId.get(id);
          if (image === undefined) return null;
          return (
            <button
              key={id}
              type="button"
              className={classes.node}
              style={{ left: x, top: y, width: NODE.width, height: NODE.height }}
              aria-current={id === current}
              aria-label={t('gallery.lineage.node', { name: nameOf(image), relation: relationOf(id) })}
              tabIndex={id === current ? 0 : -1}
              data-node={id}
              onClick={() => { onWalk(id); }}
              onDoubleClick={() => { onOpen(id); }}
              onKeyDown={(event) => {
                const { key } = event;
                if (key !== 'ArrowLeft' && key !== 'ArrowRight' && key !== 'ArrowUp' && key !== 'ArrowDown') return;
                event.preventDefault();
                const next = neighbourTowards(placed, id, key);
                if (next === null) return;
                onWalk(next);
                scroller.current?.querySelector<HTMLElement>(`[data-node="${next}"]`)?.focus();
              }}
            >
              <VeiledImage isSmall image={image} src={thumbnailUrl(id, 256, image.modifiedAt)} alt="" />
              <span className={classes.relation}>{relationOf(id)}</span>
            </button>
          );
        })}
      </div>
    </div>
  );
}
