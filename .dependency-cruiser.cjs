/** Who may import whom (docs/architecture.md, "Layers"). Type imports count. */
const engine = '^src/main/engine/';
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: allowed },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^src/renderer/.*\\.css$'] },
      to: {},
    },
    only('shared-is-alone', '^src/shared/', ['^src/shared/']),
    only('preload-knows-the-contract-only', '^src/preload/', ['^src/shared/', '^src/preload/']),
    only('renderer-knows-no-main', '^src/renderer/', ['^src/shared/', '^src/renderer/']),
    only('canvas-is-free-of-react', '^src/renderer/canvas/', ['^src/shared/', '^src/renderer/canvas/']),
    only('stores-know-no-features', '^src/renderer/stores/', ['^src/shared/', '^src/renderer/stores/', '^src/renderer/studio-api\\.ts$', '^src/renderer/canvas/(kernels/|canvas-view\\.ts$)']),
    only('engine-is-pure', engine, ['^src/shared/', engine]),
    only('protocol-belongs-to-neither', '^src/main/engine-protocol\\.ts$', ['^src/shared/', '^src/main/engine/engine\\.ts$']),
    only('host', '^src/main/engine-host/', ['^src/shared/', engine, '^src/main/files/', '^src/main/engine-(host/|protocol)']),
    only('client', '^src/main/engine-client/', ['^src/shared/', '^src/main/engine/engine\\.ts$', '^src/main/engine-(client/|protocol)']),
    only('app', '^src/main/app/', ['^src/shared/', '^src/main/app/', '^src/main/engine/engine\\.ts$', '^src/main/files/', '^src/main/engine-protocol\\.ts$']),
    only('files', '^src/main/files/', ['^src/shared/', '^src/main/files/', '^src/main/engine/engine\\.ts$']),
    {
      name: 'electron-only-in-the-shell',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main/electron/', '^src/preload/'] },
      to: { path: '(^|/)node_modules/electron/|^electron$' },
    },
    {
      name: 'one-importer-of-onnxruntime',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/engine/runtime/ort\\.ts$' },
      to: { path: 'onnxruntime-node' },
    },
    {
      name: 'shared-without-node',
      severity: 'error',
      from: { path: '^src/(shared|renderer)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'engine-order',
      comment: 'tensor, image < runtime < models, tokenizer, schedulers < stages < pipelines < engine.ts',
      severity: 'error',
      from: { path: '^src/main/engine/(tensor|image|runtime|tokenizer|prompt|models|schedulers|stages)/' },
      to: { path: '^src/main/engine/pipelines/' },
    },
    {
      name: 'schedulers-stand-alone',
      severity: 'error',
      from: { path: '^src/main/engine/schedulers/' },
      to: { path: engine, pathNot: ['^src/main/engine/(schedulers|tensor)/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.tests.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'], mainFields: ['module', 'main', 'types'], exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
