/** Lets the person choose a file of the system; null when the dialog was closed. Must follow a key or a click. */
export function pickFile(accept: string): Promise<File | null> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  return new Promise((resolve) => {
    input.addEventListener('change', () => { resolve(input.files?.[0] ?? null); });
    input.addEventListener('cancel', () => { resolve(null); });
    input.click();
  });
}
