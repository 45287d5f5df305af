import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { WizardPluginFragment } from '../gql/graphql.js';
import { paths, type WizardStep } from '../paths.js';
import { PageSkeleton } from '../ui/Skeleton.js';
import { Wizard } from '../ui/Wizard.js';
import { nameProblems } from './naming.js';
import { SaveDraft } from './SaveDraft.js';
import { SourceStep } from './SourceStep.js';
import { useConnect } from './use-connect.js';
import { useCredentials } from './use-credentials.js';
import { useWizardState } from './use-wizard-state.js';
import { VerifyActions, VerifyStep } from './VerifyStep.js';
import { choosesByRule, chosenOf, nameProblem, reachableStep, stepsOf } from './wizard-state.js';

// Steps are loaded when they are reached: together they are most of the wizard's weight.
const CredentialsStep = lazy(async () => ({ default: (await import('./CredentialsStep.js')).CredentialsStep }));
const ProjectsStep = lazy(async () => ({ default: (await import('./ProjectsStep.js')).ProjectsStep }));
const ImagesStep = lazy(async () => ({ default: (await import('./ImagesStep.js')).ImagesStep }));
const RuleNames = lazy(async () => ({ default: (await import('./RuleNames.js')).RuleNames }));

const titles: Readonly<Record<WizardStep, readonly [title: string, description: string]>> = {
  source: ['Source', 'Name the connection and say which images it covers.'],
  credentials: ['Credentials', 'ESSCM needs to list repositories and read images. It never writes.'],
  verify: ['Verify', 'Every permission is tried against your registry, without changing anything in it.'],
  images: ['Choose images', 'Pick what to scan. You can change this later.'],
  projects: ['Projects and versions', 'Tell ESSCM what these images belong to.'],
};

/** The steps from a plugin to a running connection. The step, the variant and the draft stand in the address. */
export function ConnectWizard({ plugin }: { readonly plugin: WizardPluginFragment }) {
  const { state, update, save, forget } = useWizardState(plugin.id);
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const [attempted, setAttempted] = useState<WizardStep>();
  const [pendingReference, setPendingReference] = useState(false);
  const variant = plugin.variants.find(({ id }) => id === (query.get('variant') ?? state.variantId)) ?? plugin.variants[0];
  const credentials = useCredentials(plugin, variant, state, update, query.get('draft') ?? undefined);
  const connect = useConnect();
  const body = useRef<HTMLDivElement>(null);
  const asked = (query.get('step') ?? 'source') as WizardStep;
  const known = variant === undefined ? 'source' : reachableStep(asked, variant, { ...state, draftId: credentials.triedDraftId });

  const go = (step: WizardStep, change: { readonly draft?: string; readonly variant?: string } = {}, replace = false): void => {
    const draft = change.draft ?? state.draftId;
    void navigate(paths.connect(plugin.id, { step, variant: change.variant ?? variant?.id ?? '', ...(draft === undefined || step === 'source' ? {} : { draft }) }), { replace });
  };

  useEffect(() => {
    document.title = `Connect ${plugin.name} · ESSCM`;
  }, [plugin.name]);
  useEffect(() => {
    setAttempted(undefined);
    window.scrollTo({ top: 0 });
  }, [known]);

  if (variant === undefined) return null;
  if (credentials.restoring) return <PageSkeleton />;
  const steps = stepsOf(variant);
  const chosen = chosenOf(state, variant.id);
  const byRule = choosesByRule(state, variant);
  const current = { state, update, plugin, variant, chosen, showProblems: attempted === known };

  const refuse = (): void => {
    setAttempted(known);
    // After the next paint the problems stand in the page.
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"][tabindex]')?.focus());
  };

  const next = async (): Promise<void> => {
    switch (known) {
      case 'source':
        if (nameProblem(state.name) !== undefined || (steps.length === 2 && (chosen.length === 0 || pendingReference))) refuse();
        else go(steps[1] ?? 'source');
        return;
      case 'credentials': {
        const draftId = await credentials.verify();
        if (draftId === undefined) refuse();
        else go('verify', { draft: draftId });
        return;
      }
      case 'verify':
        update({ withoutScanning: false });
        go('images');
        return;
      case 'images':
        if (!state.withoutScanning && (byRule ? state.selections.some(({ repository }) => repository.trim() === '') : chosen.length === 0)) refuse();
        else go('projects');
        return;
      case 'projects': {
        if (!byRule && nameProblems(chosen, state.rules, state.edits).length > 0) {
          refuse();
          return;
        }
        const connectionId = await connect.connect(plugin.id, variant, { ...state, draftId: credentials.draft?.id }, chosen);
        if (connectionId === undefined) refuse();
        else {
          forget();
          await navigate(byRule ? paths.connection(connectionId) : paths.connectionActivity(connectionId));
        }
      }
    }
  };

  const failed = known === 'verify' && !credentials.verifying && credentials.progress?.report?.status === 'FAILED';
  const busy = credentials.verifying || connect.connecting || failed;

  const content: Readonly<Record<WizardStep, () => ReactNode>> = {
    source: () => <SourceStep {...current} onVariant={(id) => { update({ variantId: id }); go('source', { variant: id }, true); }} onPending={setPendingReference} nameError={connect.fieldErrors['name']} />,
    credentials: () => <CredentialsStep {...current} credentials={credentials} />,
    verify: () => <VerifyStep plugin={plugin} credentials={credentials} />,
    images: () => <ImagesStep {...current} draftId={credentials.draft?.id ?? ''} />,
    projects: () => (byRule ? <RuleNames {...current} draftId={credentials.draft?.id ?? ''} problem={connect.problem} /> : <ProjectsStep {...current} draftId={credentials.draft?.id ?? ''} region={credentials.progress?.report?.region ?? undefined} problem={connect.problem} />),
  };

  return (
    <div
      ref={body}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !busy && !event.defaultPrevented) {
          event.preventDefault();
          void next();
        }
      }}
    >
      <Wizard
        activeStepIndex={steps.indexOf(known)}
        steps={steps.map((step) => ({ title: titles[step][0], description: step === 'verify' && credentials.progress?.report != null ? 'Every permission was tried against your registry just now.' : titles[step][1], content: step === known ? <Suspense fallback={<PageSkeleton />}>{content[step]()}</Suspense> : null }))}
        i18nStrings={{
          stepNumberLabel: (number) => `Step ${number}`,
          collapsedStepsLabel: (number, count) => `Step ${number} of ${count}`,
          navigationAriaLabel: 'Steps',
          cancelButton: 'Cancel',
          previousButton: 'Previous',
          nextButton: known === 'credentials' ? 'Verify credentials' : 'Next',
          submitButton: 'Connect',
          nextButtonLoadingAnnouncement: 'Verifying',
          submitButtonLoadingAnnouncement: 'Connecting',
        }}
        secondaryActions={<SaveDraft state={state} save={save} />}
        isLoadingNextStep={credentials.verifying || connect.connecting}
        {...(failed
          ? { customPrimaryActions: <VerifyActions credentials={credentials} onPrevious={() => go('credentials')} onContinue={() => { update({ withoutScanning: true }); go('images'); }} /> }
          : {})}
        onNavigate={({ detail }) => {
          const target = steps[detail.requestedStepIndex];
          if (detail.reason === 'next') void next();
          else if (target !== undefined) go(target);
        }}
        onSubmit={() => void next()}
        onCancel={() => {
          forget();
          void navigate(paths.integrations());
        }}
      />
    </div>
  );
}
