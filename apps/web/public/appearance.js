// Runs before the first paint: sets the stored colour mode and density. A file of its own, because the content
// security policy allows no inline script. `src/ui/appearance.ts` writes what is read here.
(() => {
  let stored = {};
  try {
    stored = JSON.parse(localStorage.getItem('esscm.appearance') ?? '{}');
  } catch {
    // Storage refused or damaged: the system's mode and the normal density are used.
  }
  const dark = stored.mode === 'dark' || (stored.mode !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.body.classList.toggle('awsui-dark-mode', dark);
  document.body.classList.toggle('awsui-compact-mode', stored.density === 'compact');
})();
