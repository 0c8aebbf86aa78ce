/** On paper: from where and when it is. */
import { useEffect, useState } from 'react';

import { productName } from '@/i18n/product';
import { useApp } from '@/plugin/app';

export function Printed() {
  const { formats } = useApp();
  const [when, setWhen] = useState(() => new Date().toISOString());
  useEffect(() => {
    const handlePrint = () => setWhen(new Date().toISOString());
    window.addEventListener('beforeprint', handlePrint);
    return () => window.removeEventListener('beforeprint', handlePrint);
  }, []);
  return <p className="s-printed" aria-hidden="true">{productName()} · {window.location.host} · {formats.dateTime(when)}</p>;
}
