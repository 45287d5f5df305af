// Elements are waited for as long as the test may take: how fast a machine is decides no test. Only tests that have a document wait for any.
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/react');
  configure({ asyncUtilTimeout: 30_000 });
}

export {};
