using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Monitor.Benchmarks;

// Beside the kernels: the bare insert that peers/intake.py sets the intake against.
if (args is ["bare-insert", .. var rest]) return BareInsert.Run(rest);

// A year of many sections, judged from a store that `simulate --direct` filled; and its rows only read.
if (args is ["judge-year" or "scan-year", ..]) return JudgeYear.Run(args[0], args[1..]);

// In this process: a project generated beside ours would not obey the house's build files.
IConfig config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
return 0;
