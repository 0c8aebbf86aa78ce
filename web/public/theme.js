// Applies a stored theme before the first paint; without one the system decides.
try {
  const theme = localStorage.getItem('foundation.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is switched off: the system's theme it is.
}
