// MartenReader "Host=…;Database=…;Timezone=UTC" EMPLOYEE: what the pipeline has stored of one employee.
using JasperFx;
using JasperFx.Events.Projections;
using Marten;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Marten;

await using var store = DocumentStore.For(options =>
{
    options.Connection(args[0]);
    options.UseRuangKerjaEvents();
    options.Projections.Add<CourseStatusProjection>(ProjectionLifecycle.Live);
    options.AutoCreateSchemaObjects = AutoCreate.None; // it reads: the tables are the pipeline's
});

await using var session = store.QuerySession();
foreach (var snapshot in await session.Query<CourseStatusSnapshot>().Where(s => s.EmployeeId == args[1]).ToListAsync())
{
    Console.WriteLine($"{snapshot.CourseName}: {snapshot.Status}, attempt {snapshot.Attempt}");
    foreach (var e in await session.Events.FetchStreamAsync(snapshot.Id))
        Console.WriteLine(
            $"  v{e.Version} {((CourseStatusChanged)e.Data).OccurredAt:u} {((CourseStatusChanged)e.Data).Kind}"
        );
    var first = await session.Events.AggregateStreamAsync<CourseStatusSnapshot>(snapshot.Id, version: 1);
    Console.WriteLine($"  at first it was {first?.Status}");
}
