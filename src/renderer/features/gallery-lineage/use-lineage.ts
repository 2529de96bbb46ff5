import { useEffect, useState } from 'react';
import type { Lineage } from '../../../shared/gallery';
import type { ImageId } from '../../../shared/ids';
import { useStudio } from '../../studio-context';

/** The family of a picture; null until it is known, and when it could not be read, which is said elsewhere. */
export function useLineage(imageId: ImageId): Lineage | null {
  const { lineageOf } = useStudio().browse;
  const [lineage, setLineage] = useState<Lineage | null>(null);
  useEffect(() => {
    let isLate = false;
    void lineageOf(imageId).then((found) => { if (!isLate) setLineage(found); });
    return () => { isLate = true; };
  }, [imageId, lineageOf]);
  return lineage;
}
