import type { PluginHost, PluginRegistry } from '@esscm/registry-core';
import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../request-context.js';
import { pluginView } from './plugin-view.js';
import { Plugin } from './plugin.type.js';

/** The installed plugins. */
@Resolver(() => Plugin)
export class PluginResolver {
  readonly #plugins: Pick<PluginRegistry, 'get' | 'list'>;
  readonly #host: PluginHost;

  constructor(plugins: Pick<PluginRegistry, 'get' | 'list'>, host: PluginHost) {
    this.#plugins = plugins;
    this.#host = host;
  }

  @Authorized('READ')
  @Query(() => [Plugin], { description: 'The installed plugins, in the order they are shown.' })
  plugins(): readonly Plugin[] {
    return this.#plugins.list().map((plugin) => pluginView(plugin.description, this.#host.operatorSettings));
  }

  @Authorized('READ')
  @Query(() => Plugin, { nullable: true, description: 'One installed plugin.' })
  plugin(@Arg('id', () => ID, { description: 'Id of the plugin.' }) id: string): Plugin | undefined {
    const plugin = this.#plugins.get(id);
    return plugin === undefined ? undefined : pluginView(plugin.description, this.#host.operatorSettings);
  }

  @FieldResolver(() => Int, { description: 'Connections of this organisation that use the plugin.' })
  connectionCount(@Root() plugin: Plugin, @Ctx() context: RequestContext): Promise<number> {
    return context.loaders.connectionsOfPlugin.load(plugin.id);
  }
}
