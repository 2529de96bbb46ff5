import { MultiSelect, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GalleryImage, Marks } from '../../../shared/gallery';
import type { ImageId } from '../../../shared/ids';
import { LabelPicker } from '../../recipe/LabelPicker';
import { Stars } from '../../recipe/Stars';
import { useGalleryLibrary, useStudio } from '../../studio-context';
import classes from './Details.module.css';

/** Tags that are in use, for the list under the field. */
function useKnownTags(): readonly [readonly string[], () => void] {
  const { suggest } = useStudio().browse;
  const [tags, setTags] = useState<readonly string[]>([]);
  return [tags, () => { void suggest('tag:', 4).then(({ options }) => { setTags([...new Set(options.map(({ label }) => label))]); }); }];
}

function TagsField({ imageIds, tags }: { imageIds: readonly ImageId[]; tags: readonly string[] }) {
  const { t } = useTranslation();
  const { browse } = useStudio();
  const [known, look] = useKnownTags();
  return (
    <TagsInput
      size="xs"
      label={t('gallery.marks.tags')}
      placeholder={tags.length === 0 ? t('gallery.marks.tagsPlaceholder') : ''}
      value={[...tags]}
      data={known.filter((tag) => !tags.includes(tag))}
      maxTags={50}
      clearable={false}
      onFocus={look}
      onChange={(next) => {
        const clean = next.map((tag) => tag.trim().replaceAll('"', '')).filter((tag) => tag !== '');
        browse.mark({ addTags: clean.filter((tag) => !tags.includes(tag)), removeTags: tags.filter((tag) => !clean.includes(tag)) }, imageIds);
      }}
    />
  );
}

function BoardsField({ image }: { image: GalleryImage }) {
  const { t } = useTranslation();
  const { browse } = useStudio();
  const boards = useGalleryLibrary((state) => state.boards).filter(({ query }) => query === null);
  const current: readonly string[] = image.marks.boardIds;
  if (boards.length === 0) return null;
  return (
    <MultiSelect
      size="xs"
      label={t('gallery.boards.title')}
      value={[...current]}
      data={boards.map(({ id, name }) => ({ value: id, label: name }))}
      comboboxProps={{ withinPortal: true }}
      onChange={(next) => {
        for (const board of boards) {
          if (next.includes(board.id) && !current.includes(board.id)) browse.addToBoard(board, [image.id]);
          if (!next.includes(board.id) && current.includes(board.id)) browse.removeFromBoard(board, [image.id]);
        }
      }}
    />
  );
}

/** A name of the user's own; written when one leaves the field. */
function NameField({ image }: { image: GalleryImage }) {
  const { t } = useTranslation();
  const { browse } = useStudio();
  const [name, setName] = useState(image.marks.name ?? '');
  const save = (): void => {
    const next = name.trim() === '' ? null : name.trim();
    if (next !== image.marks.name) browse.mark({ name: next }, [image.id]);
  };
  return (
    <TextInput
      size="xs"
      label={t('gallery.marks.name')}
      placeholder={t('gallery.marks.namePlaceholder')}
      value={name}
      maxLength={200}
      onChange={({ currentTarget }) => { setName(currentTarget.value); }}
      onBlur={save}
      onKeyDown={(event) => { if (event.key === 'Enter') save(); }}
    />
  );
}

export interface MarksFormProps {
  readonly imageIds: readonly ImageId[];
  /** What stands in the fields: the picture's, or those that several have in common. */
  readonly marks: Marks;
  /** Set while one picture is meant. */
  readonly image: GalleryImage | null;
}

/** What the user says of one picture or of many. */
export function MarksForm({ imageIds, marks, image }: MarksFormProps) {
  const { browse } = useStudio();
  return (
    <div className={classes.marks}>
      <div className={classes.quick}>
        <Stars value={marks.rating} onChange={(rating) => { browse.mark({ rating }, imageIds); }} />
        <LabelPicker value={marks.label} onChange={(label) => { browse.mark({ label }, imageIds); }} />
      </div>
      {image !== null && <NameField key={`${image.id} ${image.marks.name ?? ''}`} image={image} />}
      <TagsField imageIds={imageIds} tags={marks.tags} />
      {image !== null && <BoardsField image={image} />}
    </div>
  );
}
