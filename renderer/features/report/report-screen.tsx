import { Screen } from '#renderer/components/screen.tsx';

export function ReportScreen() {
  return <Screen title="Report">{null}</Screen>;
}
