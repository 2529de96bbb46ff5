import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const onlyIn = (name, where) => ({ name, message: `Only ${where} may import ${name}.` });

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'node_modules/', 'training/', 'resources/', 'tests/fixtures/'] },
  ...tseslint.configs.strict,
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { project: './tsconfig.tests.json' } },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 3],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'no-restricted-imports': ['error', { paths: [onlyIn('electron', 'src/main/electron and src/preload'), onlyIn('onnxruntime-node', 'src/main/engine/runtime/ort.ts'), onlyIn('sharp', 'src/main/engine/image/sharp-package.ts')] }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/prefer-nullish-coalescing': 'error',
    },
  },
  {
    // Schemas share their name with the type they infer; that is one fact, not two.
    files: ['src/shared/**/*.ts'],
    rules: { '@typescript-eslint/no-redeclare': 'off' },
  },
  {
    files: ['src/main/electron/**/*.ts', 'src/preload/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [onlyIn('onnxruntime-node', 'src/main/engine/runtime/ort.ts')] }] },
  },
  {
    files: ['src/main/engine/runtime/ort.ts', 'src/main/engine/image/sharp-package.ts', 'bench/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    // A component is its markup; the length of JSX says nothing about its logic.
    files: ['src/renderer/**/*.tsx'],
    plugins: { 'react-hooks': hooks },
    rules: { ...hooks.configs.recommended.rules, 'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['tests/**', 'bench/**'],
    rules: { 'max-lines-per-function': 'off', 'no-restricted-imports': 'off', 'max-params': 'off' },
  },
  { files: ['*.config.{ts,mjs}'], rules: { 'no-restricted-exports': 'off' } },
  {
    files: ['scripts/**/*.mjs', 'bench/**/*.mjs'],
    languageOptions: { globals: globals.node },
  },
);
