import tseslint from 'typescript-eslint';

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
  {
    files: ['harness/cli/*.ts'],
    ignores: ['**/*.test.ts', 'harness/cli/output.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[property.name='write'] > MemberExpression[object.name='process'][property.name=/^std(out|err)$/]",
          message: 'Print by harness/cli/output.ts, which makes what comes from outside safe.',
        },
      ],
    },
  },
  {
    files: ['**/*.test.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.property.name=/^toBe(Less|Greater)Than/] ' +
            ':matches(Identifier[name=/Ms$|[eE]lapsed/], CallExpression[callee.property.name=now])',
          message: 'No test asserts a time: it fails where the machine is busy.',
        },
      ],
    },
  },
);
