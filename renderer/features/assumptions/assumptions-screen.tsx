import { Screen } from '#renderer/components/screen.tsx';

export function AssumptionsScreen() {
  return <Screen title="Assumptions">{null}</Screen>;
}
