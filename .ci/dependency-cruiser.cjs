/**
 * Who may import whom (docs/adr/0001, docs/adr/0023). Folders never import upward, and nothing imports in a circle; types count.
 *
 *   contract < core, report < guest adapters          knows no protocol
 *   contract < spec < oracle < … < area modules < areas.ts < cli      knows no implementation
 *   kernel, primitives < topics of reference          knows nothing of the others
 */
const CONTRACT = '^conformance/contract/';

/** A rule: files of `from` import nothing of ours but `may`. */
const only = (name, comment, from, may) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(spec|vectors|reference|conformance|harness|docs)/', pathNot: may },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Modules that need each other are one module, or have a third between them.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'not-resolvable', comment: 'An import that leads nowhere.', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only('reference-alone', 'The reference imports nothing of ours but itself.', '^reference/(?!.*\\.test\\.ts$)', ['^reference/']),
    {
      name: 'reference-without-node',
      comment: 'No clock, no sockets, no randomness of its own.',
      severity: 'error',
      from: { path: '^reference/(?!.*\\.test\\.ts$)' },
      to: { dependencyTypes: ['core'] },
    },
    only('kernel-below', 'The kernel and the primitives know no topic.', '^reference/(kernel|primitives)/(?!.*\\.test\\.ts$)', [
      '^reference/(kernel|primitives)/',
    ]),
    {
      name: 'primitives-are-given',
      comment: 'Whoever needs primitives takes them as an argument; nothing in a topic chooses some.',
      severity: 'error',
      from: { path: '^reference/(?!primitives/|index\\.ts$)(?!.*\\.test\\.ts$)' },
      to: { path: '^reference/primitives/(noble|rsa|secp160r1|index)|^node_modules/@noble/' },
    },
    only('contract-below', 'The contract is what bench and suites agree upon, and knows neither.', CONTRACT, [CONTRACT]),
    only('conformance-without-implementations', 'Suites see an implementation only through the contract.', '^conformance/', [
      '^conformance/',
    ]),
    {
      name: 'machinery-without-areas',
      comment: 'The machinery names no area; areas are given to it.',
      severity: 'error',
      from: { path: '^conformance/(contract|spec|oracle|generate|suites|mutants|explore|coverage|cross|docs)/(?!.*\\.test\\.ts$)' },
      to: {
        path: '^conformance/(?!(contract|spec|oracle|generate|suites|mutants|explore|coverage|cross|docs)/)',
        pathNot: '^conformance/vectors\\.ts$',
      },
    },
    {
      name: 'no-area-imports-the-list',
      comment: 'Areas do not know each other; conformance/areas.ts knows them.',
      severity: 'error',
      from: { path: '^conformance/[a-z0-9]+/', pathNot: '^conformance/cli/|\\.test\\.ts$' },
      to: { path: '^conformance/areas\\.ts$' },
    },
    only('core-and-report', 'What runs and what reports know the contract and no protocol.', '^harness/(core|report)/', [
      CONTRACT,
      '^harness/(core|report)/',
      '^harness/testing/',
      '^conformance/contract/',
    ]),
    only(
      'guests',
      'An adapter is a guest: it knows the implementation that it wraps, and the contract.',
      '^harness/adapters/(?!reference/)(?!.*\\.test\\.ts$)',
      [CONTRACT, '^harness/adapters/'],
    ),
    only(
      'reference-adapter',
      'The adapter of the reference knows the reference, what serves any adapter, and the contract.',
      '^harness/adapters/reference/(?!.*\\.test\\.ts$)',
      [CONTRACT, '^reference/', '^harness/(adapters/reference|core|primitives)/'],
    ),
    {
      name: 'reference-by-few',
      comment: 'Only these may import the reference.',
      severity: 'error',
      from: { pathNot: '^reference/|^harness/(adapters/reference|primitives|bench|demo|node|simulator|cli|testing)/|\\.test\\.ts$' },
      to: { path: '^reference/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|node_modules|\\.bottlepost)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.cjs', '.mjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
