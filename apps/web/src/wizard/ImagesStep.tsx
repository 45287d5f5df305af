import { useApolloClient } from '@apollo/client/react';
import { useMemo, useRef, useState } from 'react';
import { formatCount, formatQuantity } from '../formats/format-count.js';
import { formatSize } from '../formats/format-size.js';
import { PlatformField } from '../registry/PlatformField.js';
import registry from '../registry/Registry.module.css';
import { listImages, repositoriesBelow, type RepositoryItem } from '../registry/registry-lists.js';
import { RepositoryTree } from '../registry/RepositoryTree.js';
import { useRepositoryTree, type TreeNode } from '../registry/use-repository-tree.js';
import { Alert } from '../ui/Alert.js';
import { Button } from '../ui/Button.js';
import { Checkbox } from '../ui/Checkbox.js';
import { LiveRegion } from '../ui/LiveRegion.js';
import { Stack } from '../ui/Panel.js';
import { Segments } from '../ui/Segments.js';
import { TextButton } from '../ui/TextButton.js';
import { ProblemAlert } from '../verification/ProblemAlert.js';
import { ChosenList } from './ChosenList.js';
import { selectionTotals } from './chosen-image.js';
import { collectImages } from './collect-images.js';
import { downloadText } from './download-text.js';
import styles from './ImagesStep.module.css';
import { RepositoryImages } from './RepositoryImages.js';
import { RulesChoice } from './RulesChoice.js';
import { addChoices, chosenCounts, type ChoiceMode } from './selection.js';
import type { StepProps } from './step-props.js';
import { useSelectedLayers } from './use-selected-layers.js';

type ImagesStepProps = StepProps & { readonly draftId: string };

/** More repositories than this are chosen by rule, not by a box. */
const maximumRepositories = 500;

/** Choosing images: one by one, or by rules. */
export function ImagesStep(props: ImagesStepProps) {
  const { state, update } = props;
  return (
    <Stack>
      <div className={styles['toolbar']}>
        <Segments
          label="How images are chosen"
          selected={state.choice}
          options={[{ id: 'hand', text: 'By hand' }, { id: 'rule', text: 'By rule' }]}
          onChange={(choice) => update({ choice })}
        />
        <span>By rule also picks up tags pushed later.</span>
      </div>
      {state.choice === 'rule' ? <RulesChoice {...props} /> : <HandChoice {...props} />}
    </Stack>
  );
}

/** Repositories on the left, the images of one on the right, and below what is chosen so far. */
function HandChoice({ state, update, plugin, variant, chosen, showProblems, draftId }: ImagesStepProps) {
  const client = useApolloClient();
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<RepositoryItem>();
  const [mode, setMode] = useState<ChoiceMode>('tag');
  const [showChosen, setShowChosen] = useState(false);
  const [collecting, setCollecting] = useState(false);
  const [notice, setNotice] = useState<string>();
  /** How many images a repository has, as far as its list was asked for. */
  const [totals, setTotals] = useState<ReadonlyMap<string, number>>(new Map());
  const stop = useRef<AbortController>(undefined);
  const tree = useRepositoryTree({ draftId }, search);
  const first = tree.first;
  const current = opened ?? (first === undefined ? undefined : { name: first.path, uri: first.uri ?? first.path });
  const counts = useMemo(() => chosenCounts(chosen), [chosen]);
  const { imageCount, sizeBytes } = selectionTotals(chosen);
  const download = useSelectedLayers(draftId, chosen, state.platforms);
  const setChosen = (next: typeof chosen): void => update({ chosen: { ...state.chosen, [variant.id]: next } });
  const noteTotal = (repository: string, total: number): void => setTotals((before) => (before.get(repository) === total ? before : new Map(before).set(repository, total)));

  const chooseBelow = async (node: TreeNode, add: boolean): Promise<void> => {
    const wanted = node.kind === 'FOLDER' ? await repositoriesBelow(client, { draftId }, node.path, maximumRepositories) : [{ name: node.path, uri: node.uri ?? node.path }];
    if (add && node.kind === 'FOLDER' && wanted.length >= maximumRepositories) {
      setNotice(`${node.path} holds more than ${maximumRepositories} repositories. Choose them by rule.`);
      return;
    }
    await chooseWhole(wanted, add);
  };
  const chooseWhole = async (wanted: readonly RepositoryItem[], add: boolean): Promise<void> => {
    const names = new Set(wanted.map(({ name }) => name));
    if (!add) {
      setChosen(chosen.filter(({ repository }) => !names.has(repository)));
      return;
    }
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
    setCollecting(true);
    setNotice(undefined);
    const found = await collectImages(wanted, mode, controller.signal, (repository, after) => listImages(client, { draftId }, repository, { search: '', after, refresh: false, first: 100 }));
    if (controller.signal.aborted) return;
    setCollecting(false);
    setNotice(found.notice);
    for (const [repository, total] of found.totals) noteTotal(repository, total);
    setChosen(addChoices(chosen, found.chosen));
  };

  const summary = collecting ? 'counting…' : `${formatQuantity(imageCount, 'image')}, ${sizeBytes === undefined ? 'size unknown' : formatSize(sizeBytes)}`;
  return (
    <>
      {tree.problem === undefined ? null : <ProblemAlert who={plugin.name} {...tree.problem} action={<Button onClick={tree.refresh}>List again</Button>} />}
      {tree.stale === undefined ? null : <ProblemAlert who={plugin.name} kind="warning" {...tree.stale} />}
      {showProblems && imageCount === 0 ? (
        <div role="alert" tabIndex={-1}>
          <Alert type="error">Choose at least one image.</Alert>
        </div>
      ) : null}
      {notice === undefined ? null : <Alert type="warning" dismissible onDismiss={() => setNotice(undefined)}>{notice}</Alert>}
      <div className={styles['toolbar']}>
        <Segments
          label="How a choice is kept"
          selected={mode}
          options={[{ id: 'tag', text: 'By tag' }, { id: 'digest', text: 'By digest' }]}
          onChange={setMode}
        />
        <span>{mode === 'tag' ? 'A tag is looked up again at each scan.' : 'A digest always means the same content.'}</span>
      </div>
      <div className={registry['browser']}>
        <RepositoryTree
          tree={tree}
          search={search}
          onSearch={setSearch}
          current={current?.name}
          onOpen={setOpened}
          before={(node) => {
            const { count, full, label } = chosenBelow(node, counts, totals);
            return <Checkbox checked={full} indeterminate={count > 0 && !full} ariaLabel={label} onChange={() => void chooseBelow(node, !full)} />;
          }}
          amount={(node) => {
            const { count, total } = chosenBelow(node, counts, totals);
            if (total !== undefined) return `${formatCount(count)} of ${formatCount(total)}`;
            return count > 0 ? formatCount(count) : '';
          }}
        />
        <RepositoryImages
          key={current?.name ?? ''}
          draftId={draftId}
          who={plugin.name}
          repository={current}
          chosen={chosen}
          mode={mode}
          imageMetadata={variant.capabilities.imageMetadata}
          onChange={setChosen}
          onTotal={noteTotal}
        />
      </div>
      <div className={styles['bar']}>
        <b>{summary}</b>
        {collecting || imageCount === 0 || sizeBytes === undefined ? null : <span>{download.counting ? 'counting layers…' : downloadText(download.layers, sizeBytes, undefined)}</span>}
        {collecting ? (
          <TextButton onClick={() => { stop.current?.abort(); setCollecting(false); }}>
            Stop
          </TextButton>
        ) : null}
        {imageCount === 0 ? null : (
          <span className={styles['end']}>
            <TextButton onClick={() => setShowChosen(!showChosen)}>
              {showChosen ? 'Hide the list' : `Show the ${imageCount}`}
            </TextButton>
            <TextButton onClick={() => setChosen([])}>
              Clear
            </TextButton>
          </span>
        )}
      </div>
      <PlatformField platforms={state.platforms} onChange={(platforms) => update({ platforms })} />
      {showChosen && imageCount > 0 ? <ChosenList chosen={chosen} onRemove={(reference) => setChosen(chosen.filter((image) => image.reference !== reference))} /> : null}
      <LiveRegion text={collecting ? '' : `${formatQuantity(imageCount, 'image')} chosen, ${sizeBytes === undefined ? 'size unknown' : formatSize(sizeBytes)}`} />
    </>
  );
}

/** How many images are chosen at or below a place, and of how many, where that is known. */
function chosenBelow(node: TreeNode, counts: ReadonlyMap<string, number>, totals: ReadonlyMap<string, number>) {
  const own = node.kind === 'FOLDER' ? [...counts.keys()].filter((name) => name.startsWith(node.path)) : [node.path];
  const count = own.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
  const known = node.kind === 'FOLDER' ? totalOf(node, totals) : (totals.get(node.path) ?? node.imageCount ?? undefined);
  return { count, total: known, full: known !== undefined && count > 0 && count >= known, label: `${node.path}, ${known === undefined ? count : `${count} of ${known}`} chosen` };
}

/** Undefined unless every repository of the folder was listed. */
function totalOf(node: TreeNode, totals: ReadonlyMap<string, number>): number | undefined {
  const below = [...totals].filter(([name]) => name.startsWith(node.path));
  return below.length === node.repositoryCount ? below.reduce((sum, [, total]) => sum + total, 0) : undefined;
}
