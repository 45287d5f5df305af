import type { PluginRegistry } from '@esscm/registry-core';
import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../request-context.js';
import { pluginView } from './plugin-view.js';
import { Plugin } from './plugin.type.js';

/** The installed plugins. */
@Resolver(() => Plugin)
export class PluginResolver {
  readonly #plugins: Pick<PluginRegistry, 'get' | 'list'>;

  constructor(plugins: Pick<PluginRegistry, 'get' | 'list'>) {
    this.#plugins = plugins;
  }

  @Authorized('READ')
  @Query(() => [Plugin], { description: 'The installed plugins, in the order they are shown.' })
  plugins(): readonly Plugin[] {
    return this.#plugins.list().map((plugin) => pluginView(plugin.description));
  }

  @Authorized('READ')
  @Query(() => Plugin, { nullable: true, description: 'One installed plugin.' })
  plugin(@Arg('id', () => ID, { description: 'Id of the plugin.' }) id: string): Plugin | undefined {
    const plugin = this.#plugins.get(id);
    return plugin === undefined ? undefined : pluginView(plugin.description);
  }

  @FieldResolver(() => Int, { description: 'Connections of this organisation that use the plugin.' })
  connectionCount(@Root() plugin: Plugin, @Ctx() context: RequestContext): Promise<number> {
    return context.loaders.connectionsOfPlugin.load(plugin.id);
  }
}
