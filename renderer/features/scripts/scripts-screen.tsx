import { Screen } from '#renderer/components/screen.tsx';

export function ScriptsScreen() {
  return <Screen title="Scripts">{null}</Screen>;
}
