import { Screen } from '#renderer/components/screen.tsx';

export function PlanScreen() {
  return <Screen title="Plan">{null}</Screen>;
}
