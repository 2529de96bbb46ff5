/**
 * The one place that decides which build of sharp is loaded.
 *
 * Inside Electron on Linux, sharp's native build brings its own GLib, which collides with the system GLib that Electron
 * links: criticals, leaks, crashes (sharp's installation page, "Electron and Linux"). There the WebAssembly build must
 * be used: same interface, same pixels, about 2.6 times slower. sharp's loader asks for `@img/sharp-linux-x64/sharp.node`
 * first and for `@img/sharp-wasm32/sharp.node` when that cannot be resolved; so the native name is made unresolvable
 * while sharp loads, and only then. Everywhere else nothing is changed.
 */
import Module from 'node:module';

interface Resolver {
  _resolveFilename: (request: string, ...rest: unknown[]) => string;
}

const NATIVE_LINUX_BUILD = /^@img\/sharp-linux(musl)?-(?!wasm)[^/]+\/sharp\.node$/u;

export function mustUseWasm(host: { readonly platform: string; readonly versions: Readonly<Record<string, string | undefined>> }): boolean {
  return host.platform === 'linux' && host.versions['electron'] !== undefined;
}

/** Runs `load`, which must require sharp synchronously, with the build that suits this process. */
export function withSuitableSharp<T>(load: () => T): T {
  if (!mustUseWasm(process)) return load();
  const resolver = Module as unknown as Resolver;
  const original = resolver._resolveFilename;
  resolver._resolveFilename = (request, ...rest) => {
    if (!NATIVE_LINUX_BUILD.test(request)) return original.call(Module, request, ...rest);
    throw Object.assign(new Error(`${request} is not used inside Electron on Linux`), { code: 'MODULE_NOT_FOUND' });
  };
  try {
    return load();
  } finally {
    resolver._resolveFilename = original;
  }
}
