import type { ReactNode } from 'react';
import classes from './Setting.module.css';

/** A part of the settings under one heading. */
export function SettingGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.group}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export interface SettingRowProps {
  readonly name: string;
  /** Id of the visible name, for controls that are labelled by it. */
  readonly labelId?: string;
  /** The control is higher than a line: the name stands at its top. */
  readonly isTall?: boolean;
  readonly children: ReactNode;
}

export function SettingRow({ name, labelId, isTall = false, children }: SettingRowProps) {
  return (
    <div className={classes.row} data-tall={isTall}>
      <span id={labelId} className={classes.name}>
        {name}
      </span>
      <div className={classes.value}>{children}</div>
    </div>
  );
}

export function SettingHint({ children }: { children: ReactNode }) {
  return <p className={classes.hint}>{children}</p>;
}
