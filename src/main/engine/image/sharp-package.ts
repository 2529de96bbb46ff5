/** The only importer of sharp; codec.ts, picture-header.ts, picture-input.ts and picture-output.ts are the only ones that use it. */
import { createRequire } from 'node:module';
import type Sharp from 'sharp';
import type { Metadata } from 'sharp';
import { withSuitableSharp } from './sharp-binary';

// Not called `require`: the bundler adds a constant of that name to every file that uses it.
const loadPackage = createRequire(import.meta.url);
export const sharp = withSuitableSharp(() => loadPackage('sharp') as typeof Sharp);
// libvips would keep opened files by name, and show yesterday's picture under today's.
sharp.cache(false);

export type SharpMetadata = Metadata;
