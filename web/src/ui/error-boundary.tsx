/** Keeps a fault inside its part of the page. */
import { Component, type ReactNode } from 'react';

type ErrorBoundaryProps = { children: ReactNode; fallback: (error: unknown, retry: () => void) => ReactNode; onError?: (error: unknown) => void };

export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidCatch(error: unknown) {
    this.props.onError?.(error);
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return this.props.fallback(this.state.error, () => this.setState({ error: null }));
  }
}
