// Applies the stored looks before the first paint; without a theme the system decides.
try {
  const theme = localStorage.getItem('foundation.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  const kept = JSON.parse(localStorage.getItem('foundation.preferences') || '{}');
  if (kept.density === 'compact') document.documentElement.dataset.density = 'compact';
} catch {
  // Storage is switched off: the system's looks it is.
}
