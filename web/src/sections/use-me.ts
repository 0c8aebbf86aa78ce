/** The signed-in person and their session. */
import { useQuery } from '@tanstack/react-query';

import type { MeView } from '@/api/wire';
import { useHost } from '@/ui/host-context';

export function useMe() {
  const { api } = useHost();
  const { data, error, refetch } = useQuery({ queryKey: ['me'], queryFn: () => api.core<MeView>('/auth/me') });
  return { me: data, error, reload: () => void refetch() };
}
