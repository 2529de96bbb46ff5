import { NO_MARKS, type Marks } from '../../../shared/gallery';

/** What all of these pictures have in common; 0 and null where they differ. */
export function commonMarks(all: readonly Marks[]): Marks {
  const [first, ...rest] = all;
  if (first === undefined) return NO_MARKS;
  const isShared = <K extends keyof Marks>(key: K): boolean => rest.every((marks) => marks[key] === first[key]);
  return {
    rating: isShared('rating') ? first.rating : 0,
    label: isShared('label') ? first.label : null,
    name: isShared('name') ? first.name : null,
    tags: first.tags.filter((tag) => rest.every(({ tags }) => tags.includes(tag))),
    boardIds: first.boardIds.filter((id) => rest.every(({ boardIds }) => boardIds.includes(id))),
  };
}
