/** One short message that goes by itself; `action` adds a single button. */
export interface Toast {
  readonly tone: 'plain' | 'error';
  readonly title?: string;
  readonly message: string;
  readonly action?: { readonly label: string; run(): void };
}

export interface Toasts {
  show(toast: Toast): void;
}
