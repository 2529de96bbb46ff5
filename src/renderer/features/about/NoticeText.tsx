import { useMemo } from 'react';
import { parseNotice, type NoticeBlock } from './parse-notice';
import classes from './About.module.css';

function Block({ block }: { block: NoticeBlock }) {
  switch (block.kind) {
    case 'heading':
      return <h3>{block.text}</h3>;
    case 'paragraph':
      return <p>{block.text}</p>;
    case 'table':
      return (
        <table>
          <thead>
            <tr>
              {block.head.map((cell) => (
                <th key={cell} scope="col">{cell}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row) => (
              <tr key={row.join('|')}>
                {row.map((cell, column) => (
                  <td key={block.head[column] ?? column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}

/** A maker's text, headings and tables as such. */
export function NoticeText({ text }: { text: string }) {
  const blocks = useMemo(() => parseNotice(text), [text]);
  return (
    <div className={classes.text}>
      {blocks.map((block, index) => (
        // A text does not change while it is read, so a place is a fit key.
        <Block key={index} block={block} />
      ))}
    </div>
  );
}
