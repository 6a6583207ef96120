using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using JasperFx.Events;
using JasperFx.MultiTenancy;
using Marten;
using RuangKerja.Events.Courses;
using Weasel.Core;

namespace RuangKerja.Events.Marten;

/// <summary>Our events and snapshots, as Marten is told of them.</summary>
public static class RuangKerjaEventsOptions
{
    /// <summary>The name of <see cref="CourseStatusChanged"/> in <c>mt_events.type</c>.</summary>
    public const string EventTypeName = "course_status_changed";

    /// <summary>
    /// Configures a Marten application to open the pipeline's database: with this, Marten finds nothing to change in the tables
    /// of events, streams and snapshots. Open the connections with <c>Timezone=UTC</c>.
    /// </summary>
    /// <param name="schema">The setting <c>Storage:Schema</c> of the pipeline.</param>
    /// <remarks>
    /// To be called before an application's own settings, and these are not to change: the events' schema, stream identity,
    /// tenancy and metadata, and the JSON. The application's own documents go into the same schema until it names another.
    /// Policies for the metadata of all documents do not reach the snapshots; those that delete softly or partition all
    /// documents do, and change the table: an application that has them opens the pipeline's database with a store of its own
    /// (<c>AddMartenStore</c>). A projection that is stored needs a document type of its own: the snapshots are the pipeline's.
    /// </remarks>
    public static StoreOptions UseRuangKerjaEvents(this StoreOptions options, string schema = "ruangkerja")
    {
        options.DatabaseSchemaName = schema;
        options.UseSystemTextJsonForSerialization(CreateJson(), EnumStorage.AsString, Casing.CamelCase);

        options.Events.DatabaseSchemaName = schema;
        options.Events.StreamIdentity = StreamIdentity.AsString;
        options.Events.TenancyStyle = TenancyStyle.Conjoined;
        options.Events.MetadataConfig.CorrelationIdEnabled = true;
        options.Events.MetadataConfig.CausationIdEnabled = true;
        options.Events.MetadataConfig.HeadersEnabled = true;
        options.Events.MapEventType<CourseStatusChanged>(EventTypeName);

        options
            .Schema.For<CourseStatusSnapshot>()
            .MultiTenanted()
            // An application may have a schema of its own for its own documents.
            .DatabaseSchemaName(schema)
            // Marten counts revisions of every document that a projection makes, and would turn the column into a number. What
            // is said of a document itself is applied after that rule.
            .UseNumericRevisions(enabled: false)
            .Metadata(metadata =>
            {
                metadata.Revision.Enabled = false;
                metadata.Version.Enabled = true;
                // An application's policies for all its documents would add or drop columns here, too.
                metadata.LastModified.Enabled = true;
                metadata.DotNetType.Enabled = true;
                metadata.CreatedAt.Enabled = false;
                metadata.CorrelationId.Enabled = false;
                metadata.CausationId.Enabled = false;
                metadata.LastModifiedBy.Enabled = false;
                metadata.Headers.Enabled = false;
            });
        return options;
    }

    // The JSON of the pipeline, and reflection for all that is not the pipeline's.
    private static JsonSerializerOptions CreateJson() =>
        new(CoursesJson.Options)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(
                CoursesJson.Options.TypeInfoResolver,
                new DefaultJsonTypeInfoResolver()
            ),
        };
}
