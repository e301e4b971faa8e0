import { Screen } from '#renderer/components/screen.tsx';

export function ExportScreen() {
  return <Screen title="Export">{null}</Screen>;
}
