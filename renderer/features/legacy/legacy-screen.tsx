import { Screen } from '#renderer/components/screen.tsx';

export function LegacyScreen() {
  return <Screen title="Legacy">{null}</Screen>;
}
