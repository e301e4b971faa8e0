import { Button, Stepper } from '@mantine/core';
import { Screen } from '#renderer/components/screen.tsx';
import { ConnectStep } from '#renderer/features/home/wizard/connect-step.tsx';
import { MapStep } from '#renderer/features/home/wizard/map-step.tsx';
import { ScriptsStep } from '#renderer/features/home/wizard/scripts-step.tsx';
import { TrialStep } from '#renderer/features/home/wizard/trial-step.tsx';
import { UsersStep } from '#renderer/features/home/wizard/users-step.tsx';
import classes from '#renderer/features/home/wizard/wizard.module.css';
import { useWizard } from '#renderer/stores/wizard.ts';

const STEPS = [
  { title: 'Connect', lead: 'to the legacy database' },
  { title: 'Users', lead: 'find the table' },
  { title: 'Map', lead: 'columns to attributes' },
  { title: 'Scripts', lead: 'or templates' },
  { title: 'First trial', lead: 'see what breaks' },
] as const;

/** From nothing to a first trial. Each step is on disk before the next one begins. */
export function WizardScreen() {
  const { project, step, set, restart } = useWizard();
  const next = (): void => set({ step: step + 1 });
  return (
    <Screen
      title="New project"
      lead="Five steps; what is done is kept, and everything can be changed later."
      actions={
        <Button variant="subtle" color="gray" onClick={restart}>
          Start over
        </Button>
      }
    >
      <Stepper
        active={step}
        onStepClick={(wanted) => set({ step: wanted })}
        size="sm"
        iconSize={28}
        classNames={{ steps: classes.steps ?? '', content: classes.content ?? '' }}
      >
        {STEPS.map(({ title, lead }, index) => (
          <Stepper.Step
            key={title}
            label={title}
            description={lead}
            allowStepSelect={index <= step && (index === 0 || project !== null)}
          />
        ))}
      </Stepper>
      <div className={classes.step}>
        {step === 0 && <ConnectStep onDone={next} />}
        {project !== null && step === 1 && <UsersStep project={project} onDone={next} />}
        {project !== null && step === 2 && <MapStep project={project} onDone={next} />}
        {project !== null && step === 3 && <ScriptsStep project={project} onDone={next} />}
        {project !== null && step === 4 && <TrialStep project={project} />}
      </div>
    </Screen>
  );
}
