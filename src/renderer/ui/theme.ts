import { createTheme, type MantineColorsTuple, type VariantColorsResolver } from '@mantine/core';

const accent: MantineColorsTuple = [
  'var(--accent)',
  'var(--accent)',
  'var(--accent)',
  'var(--accent)',
  'var(--accent)',
  'var(--accent)',
  'var(--accent)',
  'var(--accent)',
  'var(--accent)',
  'var(--accent)',
];

const none = '1px solid transparent';

/** Every variant in tokens, so that a colour is never decided in a component; the only colours are the three tones of an icon button. */
const variantColorResolver: VariantColorsResolver = ({ variant, color }) => {
  const strong = color === 'danger' ? 'var(--danger)' : 'var(--accent-text)';
  switch (variant) {
    case 'filled':
      return { background: 'var(--accent)', hover: 'var(--accent-hover)', color: 'var(--on-accent)', border: none };
    case 'light':
      return {
        background: color === 'danger' ? 'var(--danger-soft)' : 'var(--accent-soft)',
        hover: 'var(--surface-3)',
        color: strong,
        border: none,
      };
    case 'subtle':
      return {
        background: 'transparent',
        hover: 'var(--surface-3)',
        color: color === 'danger' || color === 'accent' ? strong : 'var(--text-2)',
        border: none,
      };
    default:
      return {
        background: 'var(--surface-2)',
        hover: 'var(--surface-3)',
        color: color === 'danger' ? strong : 'var(--text)',
        border: '1px solid var(--line-strong)',
      };
  }
};

/** Mantine writes no style tag here (the page's CSP forbids it); its variables are mapped to ours in tokens.css. */
export const theme = createTheme({
  primaryColor: 'accent',
  colors: { accent },
  respectReducedMotion: true,
  cursorType: 'pointer',
  variantColorResolver,
  components: {
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, offset: 6, events: { hover: true, focus: true, touch: false } } },
    TextInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', checkIconPosition: 'right', allowDeselect: false } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
  },
});
