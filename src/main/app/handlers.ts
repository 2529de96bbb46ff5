import type { RequestChannel, Requests } from '../../shared/contract';

/** One handler per channel of the contract; each gets the parsed input and never Electron's event. */
export type Handlers = { readonly [C in RequestChannel]: (input: Requests[C]['input']) => Promise<Requests[C]['output']> };

/** The handlers of one topic, e.g. all `gallery.…` channels. */
export type HandlersOf<Prefix extends string> = Pick<Handlers, Extract<RequestChannel, `${Prefix}.${string}`>>;
