import { Screen } from '#renderer/components/screen.tsx';

export function TrialsScreen() {
  return <Screen title="Trials">{null}</Screen>;
}
