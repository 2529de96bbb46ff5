import { ActionIcon, Tooltip } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ComponentPropsWithRef } from 'react';
import { Keys } from './Keys';
import classes from './IconButton.module.css';

/** Whatever a menu or a tooltip puts on its target passes through, the ref included. */
type Passed = Pick<ComponentPropsWithRef<'button'>, 'ref' | 'className' | 'onClick' | 'onPointerDown' | 'onPointerUp' | 'onPointerLeave' | 'aria-pressed' | 'aria-keyshortcuts'>;

export interface IconButtonProps extends Passed {
  /** Screen-reader name and tooltip in one, so that they cannot differ. */
  readonly label: string;
  readonly icon: Icon;
  /** Key caps for the tooltip. */
  readonly keys?: readonly string[];
  readonly tone?: 'plain' | 'accent' | 'danger';
  readonly variant?: 'subtle' | 'light';
  readonly disabled?: boolean;
  /** Where the tooltip stands. */
  readonly side?: 'top' | 'right';
}

export function IconButton({ label, icon: Glyph, keys = [], tone = 'plain', variant = 'subtle', side = 'top', className, ...rest }: IconButtonProps) {
  const tip = keys.length === 0 ? label : <span className={classes.tip}>{label} <Keys names={keys} /></span>;
  return (
    <Tooltip label={tip} position={side}>
      <ActionIcon aria-label={label} variant={variant} size="lg" color={tone} {...rest} className={className ?? ''}>
        <Glyph size={18} stroke={1.6} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}
