import tseslint from 'typescript-eslint';

/** Import directions of the house (docs/architecture): who may not import whom. */
const forbid = (files, patterns, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group: patterns, message }] }] },
});

const ambient = [
  { object: 'Date', property: 'now', message: 'Time is an argument (nowMs); only harness/ reads the real clock.' },
  { object: 'Math', property: 'random', message: 'Entropy is an argument; runs are reproducible from a seed.' },
];

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'node_modules/**',
      'docs/site/**',
      'coverage/**',
      'harness/adapters/**/*.js',
      'harness/adapters/**/*.cjs',
      'harness/testing/**/*.cjs',
      '.bottlepost/**',
    ],
  },
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-extraneous-class': 'off',
      'no-restricted-properties': ['error', ...ambient],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Time is an argument (nowMs); only harness/ reads the real clock.',
        },
      ],
      'eqeqeq': 'error',
      'max-len': ['error', { code: 140 }],
    },
  },
  { files: ['harness/**/*.ts'], rules: { 'no-restricted-properties': ['error', ambient[1]], 'no-restricted-syntax': 'off' } },
  forbid(
    ['reference/**/*.ts'],
    ['**/conformance/**', '**/harness/**', 'node:*'],
    'reference/ imports nothing of ours but its own kernel, and nothing of Node.',
  ),
  forbid(
    ['harness/core/**/*.ts'],
    ['**/reference/**', '**/conformance/**', '**/cli/**', '**/adapters/**'],
    'harness/core knows the adapter contract and nothing of any protocol.',
  ),
  forbid(
    ['conformance/**/*.ts'],
    ['**/reference/**', '**/harness/cli/**', '**/harness/adapters/**'],
    'conformance/ knows spec, vectors and the adapter contract, never the reference.',
  ),
  forbid(
    ['harness/adapters/**/*.ts'],
    ['**/conformance/**', '**/harness/cli/**'],
    'An adapter is a guest: it knows the implementation it wraps and the contract.',
  ),
  {
    files: ['reference/**/*.test.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
);
