import { ActionIcon, Button, Menu, Slider } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDots, IconEye, IconEyeOff, IconPalette, IconPhoto, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { SAVE_FORMATS } from '../../../shared/save-format';
import type { CanvasDocument, Layer } from '../../../shared/canvas-document';
import { moveLayer, removeLayer, setLayer } from '../../canvas/edits/layer-edits';
import { EXPORT_TEXT } from '../../commands/menu-actions';
import { useCanvasView, useStudio } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import { Section } from '../../ui/Section';
import form from '../../ui/Form.module.css';
import classes from './Layers.module.css';

interface LayerRowProps {
  readonly layer: Layer;
  /** Place from the bottom, and how many there are. */
  readonly at: number;
  readonly count: number;
}

function LayerRow({ layer, at, count }: LayerRowProps) {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const { canvas, canvasView } = stores;
  const sketchId = useCanvasView((state) => state.sketchId);
  const Glyph = layer.kind === 'sketch' ? IconPalette : IconPhoto;
  return (
    <li className={classes.row}>
      <IconButton
        label={t(layer.visible ? 'edit.layers.hide' : 'edit.layers.show', { name: layer.name })}
        icon={layer.visible ? IconEye : IconEyeOff}
        onClick={() => { canvas.adjust(setLayer(layer.id, { visible: !layer.visible })); }}
      />
      <Glyph size={16} stroke={1.6} aria-hidden="true" className={classes.glyph} />
      <span className={classes.name} title={layer.name}>{layer.name}</span>
      <Slider
        className={classes.opacity}
        size={3}
        label={(percent) => `${String(percent)} %`}
        thumbLabel={t('edit.layers.opacity', { name: layer.name })}
        value={Math.round(layer.opacity * 100)}
        onChange={(percent) => { canvas.adjust(setLayer(layer.id, { opacity: percent / 100 })); }}
      />
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="plain" size="lg" aria-label={t('edit.layers.more', { name: layer.name })}>
            <IconDots size={18} stroke={1.6} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {layer.kind === 'sketch' && (
            <Menu.Item
              leftSection={<IconPalette size={15} aria-hidden="true" />}
              disabled={sketchId === layer.id}
              onClick={() => {
                canvasView.update({ sketchId: layer.id });
                canvasView.take('sketch');
              }}
            >
              {t('edit.layers.paint')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconArrowUp size={15} aria-hidden="true" />} disabled={at === count - 1} onClick={() => { canvas.edit('moveLayer', moveLayer(layer.id, at + 1)); }}>{t('edit.layers.up')}</Menu.Item>
          <Menu.Item leftSection={<IconArrowDown size={15} aria-hidden="true" />} disabled={at === 0} onClick={() => { canvas.edit('moveLayer', moveLayer(layer.id, at - 1)); }}>{t('edit.layers.down')}</Menu.Item>
          <Menu.Divider />
          <Menu.Item color="danger" disabled={count === 1} onClick={() => { canvas.edit('removeLayer', removeLayer(layer.id)); }}>{t('edit.layers.remove')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}

/** The pictures of the document, the topmost first. */
export function LayersSection({ document }: { document: CanvasDocument }) {
  const { t } = useTranslation();
  const { edit } = useStudio();
  const count = document.layers.length;
  return (
    <Section title={t('edit.layers.section')} summary={t('edit.layers.count', { count })} action={<IconButton label={t('edit.layers.add')} icon={IconPlus} className={form.action} onClick={() => { edit.addSketch(); }} />}>
      <ol className={classes.list}>
        {document.layers
          .map((layer, at) => <LayerRow key={layer.id} layer={layer} at={at} count={count} />)
          .toReversed()}
      </ol>
      <div className={classes.buttons}>
        <Button size="xs" variant="default" disabled={count < 2} onClick={() => { edit.flatten(); }}>{t('edit.layers.flatten')}</Button>
        <Menu position="top-end" width={220}>
          <Menu.Target>
            <Button size="xs" variant="default">{t('edit.layers.export')}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {SAVE_FORMATS.map((format) => (
              <Menu.Item key={format} onClick={() => { edit.exportPicture(format); }}>{t(EXPORT_TEXT[format])}</Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Item onClick={() => { edit.exportMask(); }}>{t('edit.masks.save')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </Section>
  );
}
