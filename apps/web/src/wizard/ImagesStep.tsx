import { useApolloClient } from '@apollo/client/react';
import { useMemo, useRef, useState } from 'react';
import { formatQuantity } from '../formats/format-count.js';
import { formatSize } from '../formats/format-size.js';
import { Alert } from '../ui/Alert.js';
import { Button } from '../ui/Button.js';
import { TextButton } from '../ui/TextButton.js';
import { LiveRegion } from '../ui/LiveRegion.js';
import { Stack } from '../ui/Panel.js';
import { Segments } from '../ui/Segments.js';
import { ProblemAlert } from '../verification/ProblemAlert.js';
import { ChosenList } from './ChosenList.js';
import { selectionTotals } from './chosen-image.js';
import { collectImages } from './collect-images.js';
import styles from './ImagesStep.module.css';
import { listImages, listRepositories, type ListProblem, type RepositoryItem } from './registry-lists.js';
import { RepositoryImages } from './RepositoryImages.js';
import { RepositoryTree } from './RepositoryTree.js';
import { addChoices, chosenCounts, type ChoiceMode } from './selection.js';
import type { StepProps } from './step-props.js';
import { usePages } from './use-pages.js';

const pageSize = 50;

/** Repositories on the left, the images of one on the right, and below what is chosen so far. */
export function ImagesStep({ state, update, plugin, variant, chosen, showProblems, draftId }: StepProps & { readonly draftId: string }) {
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
  const repositories = usePages<RepositoryItem, ListProblem>(`${draftId} ${search}`, (after, refresh) => listRepositories(client, { draftId, search, after, refresh, first: pageSize }));
  const current = opened ?? repositories.items[0];
  const counts = useMemo(() => chosenCounts(chosen), [chosen]);
  const { imageCount, sizeBytes } = selectionTotals(chosen);
  const setChosen = (next: typeof chosen): void => update({ chosen: { ...state.chosen, [variant.id]: next } });
  const noteTotal = (repository: string, total: number): void => setTotals((before) => (before.get(repository) === total ? before : new Map(before).set(repository, total)));

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
    const found = await collectImages(wanted, mode, controller.signal, (repository, after) => listImages(client, repository, { draftId, search: '', after, refresh: false, first: 100 }));
    if (controller.signal.aborted) return;
    setCollecting(false);
    setNotice(found.notice);
    for (const [repository, total] of found.totals) noteTotal(repository, total);
    setChosen(addChoices(chosen, found.chosen));
  };

  const summary = collecting ? 'counting…' : `${formatQuantity(imageCount, 'image')}, ${sizeBytes === undefined ? 'size unknown' : formatSize(sizeBytes)}`;
  return (
    <Stack>
      {repositories.problem === undefined ? null : <ProblemAlert who={plugin.name} {...repositories.problem} action={<Button onClick={repositories.refresh}>List again</Button>} />}
      {showProblems && imageCount === 0 ? (
        <div role="alert" tabIndex={-1}>
          <Alert type="error">Choose at least one image.</Alert>
        </div>
      ) : null}
      {notice === undefined ? null : <Alert type="warning" dismissible onDismiss={() => setNotice(undefined)}>{notice}</Alert>}
      <div className={styles['toolbar']}>
        <Segments
          label="How images are chosen"
          selected={mode}
          options={[{ id: 'tag', text: 'By tag' }, { id: 'digest', text: 'By digest' }]}
          onChange={setMode}
        />
        <span>{mode === 'tag' ? 'A tag is looked up again at each scan.' : 'A digest always means the same content.'}</span>
      </div>
      <div className={styles['browser']}>
        <RepositoryTree
          pages={repositories}
          search={search}
          onSearch={setSearch}
          current={current?.name}
          onOpen={setOpened}
          counts={counts}
          totals={totals}
          onChoose={(wanted, add) => void chooseWhole(wanted, add)}
        />
        <RepositoryImages
          key={current?.name ?? ''}
          draftId={draftId}
          who={plugin.name}
          repository={current}
          chosen={chosen}
          mode={mode}
          onChange={setChosen}
          onTotal={noteTotal}
        />
      </div>
      <div className={styles['bar']}>
        <b>{summary}</b>
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
      {showChosen && imageCount > 0 ? <ChosenList chosen={chosen} onRemove={(reference) => setChosen(chosen.filter((image) => image.reference !== reference))} /> : null}
      <LiveRegion text={collecting ? '' : `${formatQuantity(imageCount, 'image')} chosen`} />
    </Stack>
  );
}
