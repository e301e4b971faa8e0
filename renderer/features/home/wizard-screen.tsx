import { Screen } from '#renderer/components/screen.tsx';

export function WizardScreen() {
  return <Screen title="New project">{null}</Screen>;
}
