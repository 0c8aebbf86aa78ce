/** Whether somebody was signed in here last time: then the shell is asked for at once, else first whether there is a session. */
import type { Client } from '@/api/client';

const KEY = 'foundation.here';

function wasHere(): boolean {
  try {
    return localStorage.getItem(KEY) === '1';
  } catch {
    return false; // storage is switched off: one more question
  }
}

export function rememberHere(): void {
  try {
    localStorage.setItem(KEY, '1');
  } catch {
    // Storage is switched off.
  }
}

export function forgetHere(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Storage is switched off.
  }
}

/** False only when the server said so: a stranger's console then shows no refused request. */
export async function mayBeHere(client: Client): Promise<boolean> {
  if (wasHere()) return true;
  try {
    const { value } = await client.request<{ signed_in: boolean }>('GET', '/api/auth/here', { renew: false });
    return value.signed_in;
  } catch {
    return true; // the shell itself will tell
  }
}
