import { Component, type ReactNode } from 'react';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
}

/** A screen that breaks does not take the window with it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <TroubleState trouble={toTrouble(this.state.error)} onRetry={() => this.setState({ error: null })} />
    );
  }
}
