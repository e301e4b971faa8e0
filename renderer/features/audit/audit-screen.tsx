import { Screen } from '#renderer/components/screen.tsx';

export function AuditScreen() {
  return <Screen title="Audit">{null}</Screen>;
}
