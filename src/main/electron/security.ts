import { app, session } from 'electron';

/** No page may go elsewhere, open windows, embed views or ask for a device; and nothing leaves this machine. */
export function lockDown(allowedOrigins: readonly string[]): void {
  const isAllowed = (url: string): boolean => allowedOrigins.some((origin) => url === origin || url.startsWith(`${origin}/`));

  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (!isAllowed(url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });

  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.webRequest.onBeforeRequest((details, callback) => {
    const { url } = details;
    const isOwn = isAllowed(url) || url.startsWith('blob:') || url.startsWith('data:') || url.startsWith('devtools:');
    // The dev server's own socket: same host, other scheme.
    const isDevSocket = url.startsWith('ws://') && isAllowed(url.replace(/^ws/, 'http'));
    callback({ cancel: !isOwn && !isDevSocket });
  });
}
