import type { en } from './en';

type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };

/** Every language has these keys, no more and no fewer; the compiler says which one is missing. */
export type Catalogue = Texts<typeof en>;
