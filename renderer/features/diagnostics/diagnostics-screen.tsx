import { Screen } from '#renderer/components/screen.tsx';

export function DiagnosticsScreen() {
  return <Screen title="Diagnostics">{null}</Screen>;
}
