using RuangKerja.Events.Benchmarks;
using RuangKerja.Events.Benchmarks.Feed;
using RuangKerja.Events.Benchmarks.Rosters;
using RuangKerja.Events.Benchmarks.Rows;

// What the benchmarks start of this program, as processes of their own; then the benchmarks by name.
return args switch
{
    [SimulatorProcess.Verb, var options] => await SimulatorProcess.RunAsync(options),
    [RowBenchmark.Verb] => RowBenchmark.Measure(),
    [PageBenchmark.Verb, var api] => await PageBenchmark.MeasureAsync(new Uri(api)),
    [FeedProcess.Verb, var task] => await FeedProcess.RunAsync(task),
    _ => await BenchmarkRun.RunAsync(args),
};
